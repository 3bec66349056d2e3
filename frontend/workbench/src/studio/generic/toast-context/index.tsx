/**
 * One message at a time, for five seconds, at the bottom of the page.
 *
 * At the place and with the names of Studio's own, for plugins that use it. It behaves as Studio's does: what is shown
 * later takes the place of what is there.
 */
import {
  createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode,
} from 'react';
import { Toast } from '@openedx/paragon';

interface Action {
  label: string;
  onClick: () => void;
}

interface ToastContextData {
  showToast: (message: string, action?: Action, delay?: number) => void;
  closeToast: () => void;
}

const ToastContext = createContext<ToastContextData>({ showToast: () => {}, closeToast: () => {} });

// For code that is no component: what the provider on the page has.
let current: ToastContextData = { showToast: () => {}, closeToast: () => {} };

export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [toast, setToast] = useState<{ message: string, action?: Action, delay?: number }>();
  const closeToast = useCallback(() => setToast(undefined), []);
  const showToast = useCallback<ToastContextData['showToast']>(
    (message, action, delay) => setToast({ message, action, delay }),
    [],
  );
  const context = useMemo(() => ({ showToast, closeToast }), [showToast, closeToast]);
  useEffect(() => { current = context; }, [context]);
  return (
    <ToastContext.Provider value={context}>
      {children}
      {toast && (
        <Toast show action={toast.action} delay={toast.delay ?? 5000} onClose={closeToast}>
          {toast.message}
        </Toast>
      )}
    </ToastContext.Provider>
  );
};

export const useToastContext = () => useContext(ToastContext);

export const showToastOutsideReact = (message: string, action?: Action) => current.showToast(message, action);

export const closeToastOutsideReact = () => current.closeToast();
