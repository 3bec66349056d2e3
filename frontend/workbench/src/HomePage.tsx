import { Card, Stack } from '@openedx/paragon';
import { Link } from 'react-router-dom';

import { Page } from './Page';
import { DEMO_UNIT } from './unit/demo';

/** A page that belongs to no library. */
export const HomePage = () => (
  <Page>
    <h1>Studio home</h1>
    <Stack gap={3}>
      <Card>
        <Card.Header title={<Link to="/libraries">Libraries</Link>} />
        <Card.Section>The content, and who has published what of it.</Card.Section>
      </Card>
      <Card>
        <Card.Header title={<Link to={DEMO_UNIT.path}>{DEMO_UNIT.title}</Link>} subtitle={DEMO_UNIT.course} />
        <Card.Section>A unit of a course, with components that came from a library.</Card.Section>
      </Card>
    </Stack>
  </Page>
);
