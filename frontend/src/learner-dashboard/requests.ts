/** Requests to the REST API of `sample_plugin/archival/`, in the LMS. To repeat one changes nothing. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

export const sendArchived = (courseId: string, isArchived: boolean) => {
  const url = `${getConfig().LMS_BASE_URL}/api/sample-plugin/archival/v1/courses/${encodeURIComponent(courseId)}/`;
  const client = getAuthenticatedHttpClient();
  return isArchived ? client.put(url) : client.delete(url);
};
