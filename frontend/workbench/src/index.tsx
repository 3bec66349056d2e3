/**
 * A stand-in for Studio's front end (frontend-app-authoring), and for the learner's dashboard
 * (frontend-app-learner-dashboard): as little of them as shows what plugins put into their slots.
 *
 * What plugins meet is the real thing: the platform's start-up, login and HTTP client, Studio's header, the slots. The
 * pages are our own, and simple.
 */
import { StrictMode } from 'react';
// First, as in Studio: it reads env.config, and so the plugins, before anything else has begun to load what they load.
import {
  APP_INIT_ERROR, APP_READY, initialize, mergeConfig, subscribe,
} from '@edx/frontend-platform';
import { messages } from '@edx/frontend-component-header';
import logo from '@edx/brand/logo.svg';
import { ErrorPage } from '@edx/frontend-platform/react';
import { createRoot } from 'react-dom/client';

import { App } from './App';
import { DASHBOARD_PATH, LearnerDashboard } from './learner/LearnerDashboard';
import './index.scss';

const root = createRoot(document.getElementById('root')!);

// Two front ends on the platform, each with a build of its own.
const Page = window.location.pathname.startsWith(DASHBOARD_PATH) ? LearnerDashboard : App;

subscribe(APP_READY, () => root.render(<StrictMode><Page /></StrictMode>));

subscribe(APP_INIT_ERROR, (_topic, error) => {
  root.render(<StrictMode><ErrorPage message={(error as Error).message} /></StrictMode>);
});

// One server plays Studio and the LMS, and may listen on any port.
const { origin } = window.location;

initialize({
  handlers: {
    config: () => mergeConfig({
      BASE_URL: origin,
      LMS_BASE_URL: origin,
      STUDIO_BASE_URL: origin,
      LOGIN_URL: `${origin}/login/`,
      LOGOUT_URL: `${origin}/logout/`,
      REFRESH_ACCESS_TOKEN_ENDPOINT: `${origin}/login_refresh`,
      LOGO_URL: logo,
    }),
  },
  messages,
  requireAuthenticatedUser: true,
});
