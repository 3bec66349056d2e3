"""A small LMS: the endpoints of a learner's dashboard, with the filter that runs and the event that is sent there."""
