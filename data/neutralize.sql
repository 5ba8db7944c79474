-- A copy of the database talks to no mailbox.
UPDATE outlook_account SET token_cache = NULL, state = 'paused' WHERE state <> 'draft';
UPDATE outlook_account SET token_cache = NULL;
DELETE FROM ir_config_parameter WHERE key = 'microsoft_calendar_client_secret';
UPDATE ir_config_parameter SET value = 'False' WHERE key = 'outlook_calendar.enabled';
