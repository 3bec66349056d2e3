import { Alert, Card, Stack } from '@openedx/paragon';
import { Link } from 'react-router-dom';

import { useLibraries } from './data';
import { Loaded, Page } from './Page';

export const LibrariesPage = () => (
  <Page>
    <h1>Libraries</h1>
    <p><a href={`${window.location.origin}/what-to-try/`}>What to try</a></p>
    <Loaded query={useLibraries()}>
      {(libraries) => (
        <Stack gap={3}>
          {libraries.map(({ key, title, description }) => (
            <Card key={key}>
              <Card.Header title={<Link to={`/library/${key}`}>{title}</Link>} subtitle={key} />
              {description && <Card.Section>{description}</Card.Section>}
            </Card>
          ))}
          {libraries.length === 0 && <Alert variant="info">There are no libraries that you can see.</Alert>}
        </Stack>
      )}
    </Loaded>
  </Page>
);
