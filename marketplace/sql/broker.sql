-- The job broker works as the platform role: the runtime role cannot read or forge another tenant's jobs.
GRANT USAGE ON SCHEMA dramatiq TO comptoir_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA dramatiq TO comptoir_platform;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA dramatiq TO comptoir_platform;
