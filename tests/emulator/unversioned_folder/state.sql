-- state.db as written before databases had versions: an asset, secrets, an operation that was in
-- progress, and runs in every state.
CREATE TABLE resources (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, parent TEXT NOT NULL,
    type TEXT NOT NULL COLLATE NOCASE, id TEXT NOT NULL, body TEXT NOT NULL,
    created TEXT NOT NULL, modified TEXT NOT NULL, name TEXT NOT NULL
);
CREATE INDEX by_parent ON resources (parent, type, seq);
CREATE TABLE secrets (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE operations (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, resource TEXT NOT NULL, plan TEXT NOT NULL,
    started TEXT NOT NULL, ended TEXT
) WITHOUT ROWID;
CREATE TABLE runs (
    key TEXT PRIMARY KEY, seq INTEGER, name TEXT, kind TEXT, parent TEXT, status TEXT,
    experiment TEXT, plan TEXT, arguments TEXT, created REAL, started REAL, ended REAL,
    error TEXT, run_id TEXT, experiment_id TEXT, pid INTEGER, pid_start TEXT, outcome TEXT
);
CREATE INDEX runs_by_parent ON runs (parent, seq);

INSERT INTO settings VALUES
    ('token', 'an-old-token'),
    ('account_key', 'YW4gb2xkIGFjY291bnQga2V5'),
    ('workspace_guid', '5a0f2f39-6a3e-4b35-8f0a-0d1c7f6f7a01'),
    ('last_port', '0');

CREATE TEMP TABLE made (kind TEXT, path TEXT, body TEXT);
INSERT INTO made VALUES
    ('workspaces', '', '{"location": "local", "properties": {"friendlyName": "local",
        "workspaceId": "5a0f2f39-6a3e-4b35-8f0a-0d1c7f6f7a01", "provisioningState": "Succeeded"}}'),
    ('workspaces/datastores', '/datastores/workspaceblobstore', '{"properties": {"isDefault": true,
        "hasBeenValidated": true, "contents": {"contentsType": "AzureBlob",
        "accountName": "amlrestlocal", "containerName": "azureml-blobstore",
        "credentials": {"credentialsType": "AccountKey"}}}}'),
    ('workspaces/computes', '/computes/cpu-cluster', '{"location": "local", "properties": {
        "computeType": "AmlCompute", "provisioningState": "Succeeded", "properties": {
        "osType": "Linux", "scaleSettings": {"minNodeCount": 1, "maxNodeCount": 1}}}}'),
    ('workspaces/computes', '/computes/leaving', '{"location": "local", "properties": {
        "computeType": "AmlCompute", "provisioningState": "Deleting", "properties": {}}}'),
    ('workspaces/data', '/data/Iris', '{"properties": {}}'),
    ('workspaces/data/versions', '/data/Iris/versions/1',
        '{"properties": {"datasetType": "Simple", "path": "https://x.org/i.csv",
        "description": "größer als 🌍"}}'),
    ('workspaces/environments', '/environments/e', '{"properties": {}}'),
    ('workspaces/environments/versions', '/environments/e/versions/1',
        '{"properties": {"condaFile": "name: x", "environmentSpecificationType": "UserCreated"}}'),
    ('workspaces/jobs', '/jobs/Done', '{"properties": {"jobType": "Command",
        "command": "echo hi", "experimentName": "e1", "provisioningState": "Succeeded"}}'),
    ('workspaces/jobs', '/jobs/cut', '{"properties": {"jobType": "Command",
        "command": "sleep 600", "experimentName": "e1", "provisioningState": "Succeeded"}}'),
    ('workspaces/jobs', '/jobs/waiting', '{"properties": {"jobType": "Command",
        "command": "echo ran", "experimentName": "e1", "provisioningState": "Succeeded"}}');

INSERT INTO resources (key, parent, type, id, body, created, modified, name)
SELECT
    lower(base || path),
    lower(CASE kind
        WHEN 'workspaces' THEN '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local'
        WHEN 'workspaces/data/versions' THEN base || '/data/Iris'
        WHEN 'workspaces/environments/versions' THEN base || '/environments/e'
        ELSE base END),
    'Microsoft.MachineLearningServices/' || kind,
    base || path,
    body,
    '2026-11-01T10:00:00.000000Z',
    '2026-11-01T10:00:01.000000Z',
    CASE kind WHEN 'workspaces' THEN 'local' ELSE lower(replace(path, rtrim(path, replace(path, '/', '')), '')) END
FROM made, (SELECT '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local'
    || '/providers/Microsoft.MachineLearningServices/workspaces/local' AS base);

INSERT INTO secrets
SELECT key, '{"properties": {"contents": {"credentials": {"secrets":
    {"secretsType": "AccountKey", "key": "YW4gb2xkIGFjY291bnQga2V5"}}}}}'
FROM resources WHERE name = 'workspaceblobstore';

INSERT INTO operations
SELECT '0c5e9d1e-0000-4000-8000-000000000001', 'InProgress', id,
    '{"after": null, "result": null, "fail": false}', '2026-11-01T10:00:01.000000Z', NULL
FROM resources WHERE name = 'leaving';

INSERT INTO runs (key, seq, name, kind, parent, status, experiment, plan, arguments, created,
    started, ended, error, run_id, experiment_id, pid, pid_start, outcome)
SELECT lower(name), seq, name, 'command', '', status, 'e1',
    json_object('command', command, 'compute', 'cpu-cluster', 'experiment', 'e1', 'code', NULL,
        'inputs', json('{}'), 'outputs', json('{}'), 'variables', json('{}'), 'nodes', 1,
        'distribution', NULL, 'timeout', NULL, 'arguments', json('{}'), 'literals', json('{}')),
    '{}', 1793527200.0, started, ended, '', '', '', pid, pid_start, '{}'
FROM (
    SELECT 1 AS seq, 'Done' AS name, 'Completed' AS status, 'echo hi' AS command,
        1793527201.0 AS started, 1793527202.0 AS ended, NULL AS pid, '65362' AS pid_start
    UNION ALL SELECT 2, 'cut', 'Running', 'sleep 600', 1793527203.0, NULL, 1, 'long ago'
    UNION ALL SELECT 3, 'waiting', 'Queued', 'echo ran', NULL, NULL, NULL, ''
);
DROP TABLE made;
