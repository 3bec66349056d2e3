/** The one unit that the workbench has; see workbench/demo/course.py. */
const RUN = 'WorkbenchDemo+FirstLoaf+2026';

export const DEMO_UNIT = {
  title: 'Your first loaf',
  course: `course-v1:${RUN}`,
  path: `/course/course-v1:${RUN}/container/block-v1:${RUN}+type@vertical+block@your-first-loaf`,
};
