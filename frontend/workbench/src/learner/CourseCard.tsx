import { PluginSlot } from '@openedx/frontend-plugin-framework';
import {
  ActionRow, Badge, breakpoints, Button, Card, useWindowSize,
} from '@openedx/paragon';

import { useHome, useUpgrade } from './data';

/** It knows its id, and finds the rest, as the dashboard's own does. */
export const CourseCard = ({ cardId }: { cardId: string }) => {
  const { width = 0 } = useWindowSize();
  const orientation = width < breakpoints.small.maxWidth! ? 'vertical' : 'horizontal';
  const card = useHome().data?.find((one) => one.cardId === cardId);
  const upgrade = useUpgrade();
  if (!card) { return null; }
  const {
    course, courseProvider, courseRun, enrollment,
  } = card;
  return (
    <div className="mb-4.5 course-card" id={cardId}>
      <Card orientation={orientation}>
        <Card.Body>
          <Card.Header
            title={<h3>{course.courseName}</h3>}
            actions={enrollment.isVerified ? <Badge variant="success">Verified</Badge> : (
              <Button
                variant="outline-primary"
                size="sm"
                aria-label={`Upgrade ${course.courseName}`}
                onClick={() => upgrade.mutate(courseRun.courseId)}
              >
                Upgrade
              </Button>
            )}
          />
          <Card.Section className="pt-0">{courseProvider.name} • {course.courseNumber}</Card.Section>
          <Card.Footer orientation={orientation}>
            <ActionRow>
              <PluginSlot
                id="org.openedx.frontend.learner_dashboard.course_card_action.v1"
                pluginProps={{ cardId }}
              />
              <Button as="a" href="#">Begin Course</Button>
            </ActionRow>
          </Card.Footer>
        </Card.Body>
      </Card>
    </div>
  );
};
