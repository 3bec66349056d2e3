/** What can be added: something new, what was copied, or what the library has already. */
import { useState, type ChangeEvent, type FormEvent } from 'react';
import { Button, Form } from '@openedx/paragon';
import { useNavigate } from 'react-router-dom';

import {
  useAddChildren, useCreateBlock, useCreateContainer, usePaste, type Item, type LibraryContent,
} from '../data';
import { useToastContext } from '../studio/generic/toast-context';
import { CHILD_TYPES, isIn } from './hierarchy';

const COMPONENTS = [{ type: 'html', label: 'Text' }, { type: 'problem', label: 'Problem' }];
const CONTAINERS = ['section', 'subsection', 'unit'];

const capitalized = (word: string) => word[0]!.toUpperCase() + word.slice(1);

interface NameFormProps {
  type: string;
  onCreate: (type: string, title: string) => void;
  onCancel: () => void;
}

const NameForm = ({ type, onCreate, onCancel }: NameFormProps) => {
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCreate(type, title);
  };
  return (
    <Form onSubmit={submit} className="add-content mt-2">
      <Form.Group controlId="name" className="mb-0">
        <Form.Label>{`Name your ${type}`}</Form.Label>
        <Form.Control
          required
          autoFocus
          value={title}
          onChange={(event: ChangeEvent<HTMLInputElement>) => setTitle(event.target.value)}
        />
      </Form.Group>
      <Button type="submit" size="sm">Create</Button>
      <Button size="sm" variant="tertiary" onClick={onCancel}>Cancel</Button>
    </Form>
  );
};

/** What the library has, and could be in the container. */
const ExistingContent = ({ library, container }: { library: LibraryContent, container: Item }) => {
  const { showToast } = useToastContext();
  const addChildren = useAddChildren();
  const [chosen, setChosen] = useState('');
  const fitting = library.items.filter((item) => isIn(item, container.type) && !item.isDeleted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    addChildren.mutate({ container, keys: [chosen] }, {
      onSuccess: () => showToast('Content added to container successfully.'),
      onError: () => showToast('Failed to add content to container.'),
      onSettled: () => setChosen(''),
    });
  };
  return (
    <Form onSubmit={submit} className="add-content mt-2">
      <Form.Group controlId="existing" className="mb-0">
        <Form.Label>Existing library content</Form.Label>
        <Form.Control
          as="select"
          required
          value={chosen}
          onChange={(event: ChangeEvent<HTMLSelectElement>) => setChosen(event.target.value)}
        >
          <option value="">Choose one</option>
          {fitting.map(({ key, title }) => <option key={key} value={key}>{title}</option>)}
        </Form.Control>
      </Form.Group>
      <Button type="submit" size="sm" disabled={addChildren.isPending}>{`Add to ${container.type}`}</Button>
    </Form>
  );
};

interface AddContentProps {
  library: LibraryContent;
  /** What to add to. Without it, the library alone. */
  container?: Item;
  /** The address of the page on which the item with this key is selected. */
  pathOf: (key: string) => string;
}

export const AddContent = ({ library, container, pathOf }: AddContentProps) => {
  const navigate = useNavigate();
  const { showToast } = useToastContext();
  const createBlock = useCreateBlock();
  const createContainer = useCreateContainer();
  const paste = usePaste();
  const addChildren = useAddChildren();
  const [naming, setNaming] = useState<string>();

  const putIntoContainer = async (key: string) => {
    if (container) { await addChildren.mutateAsync({ container, keys: [key] }); }
  };
  const addComponent = async (type: string) => {
    try {
      const key = await createBlock.mutateAsync({ libraryId: library.key, type });
      await putIntoContainer(key);
      navigate(`${pathOf(key)}?edit`);
    } catch {
      showToast('There was an error creating the content.');
    }
  };
  const addContainer = async (type: string, title: string) => {
    try {
      await putIntoContainer(await createContainer.mutateAsync({ libraryId: library.key, type, title }));
      setNaming(undefined);
      showToast(`${capitalized(type)} created successfully`);
    } catch {
      showToast(`There was an error when creating the library ${type}`);
    }
  };
  const pasteContent = async () => {
    try {
      await putIntoContainer(await paste.mutateAsync(library.key));
      showToast('Content pasted successfully.');
    } catch {
      showToast('There was an error pasting the content.');
    }
  };

  const childType = container && CHILD_TYPES[container.type];
  const offered = childType ? [childType] : ['component', ...CONTAINERS];
  const button = (label: string, onClick: () => void) => (
    <Button key={label} size="sm" variant="outline-primary" onClick={onClick}>{label}</Button>
  );
  return (
    <section className="mb-3" aria-labelledby="add-content">
      <h2 id="add-content" className="h5">Add content</h2>
      <div className="add-content">
        {offered.includes('component') && COMPONENTS.map(({ type, label }) => button(label, () => addComponent(type)))}
        {CONTAINERS.filter((type) => offered.includes(type)).map(
          (type) => button(capitalized(type), () => setNaming(type)),
        )}
        {button('Paste from clipboard', pasteContent)}
      </div>
      {naming && <NameForm type={naming} onCreate={addContainer} onCancel={() => setNaming(undefined)} />}
      {container && <ExistingContent library={library} container={container} />}
    </section>
  );
};
