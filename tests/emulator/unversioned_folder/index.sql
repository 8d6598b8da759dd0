-- blobs/index.db as written before databases had versions: a single blob, one in blocks, a block
-- not committed yet, and the growing log of a job by its absolute path.
CREATE TABLE containers (
    name TEXT PRIMARY KEY, etag TEXT, modified REAL, metadata TEXT
) WITHOUT ROWID;
CREATE TABLE blobs (
    container TEXT, name TEXT, etag TEXT, created REAL, modified REAL, size INTEGER, headers TEXT,
    metadata TEXT, segments TEXT, live TEXT, PRIMARY KEY (container, name)
) WITHOUT ROWID;
CREATE TABLE blocks (
    container TEXT, blob TEXT, id TEXT, file TEXT, size INTEGER,
    PRIMARY KEY (container, blob, id)
) WITHOUT ROWID;

INSERT INTO containers VALUES
    ('azureml', '"0x01"', 1793527200.0, '{}'),
    ('azureml-blobstore', '"0x02"', 1793527200.0, '{"owner": "ada"}');
INSERT INTO blobs VALUES
    ('azureml', 'ExperimentRun/dcid.Done/user_logs/std_log.txt', '"0x03"', 1793527200.0,
        1793527202.0, 3, '{"content-type": "text/plain; charset=utf-8"}', '{}',
        '[["", "37/377df8f370284925a2478d494603ef55", 3]]', NULL),
    ('azureml', 'ExperimentRun/dcid.Cut/user_logs/std_log.txt', '"0x04"', 1793527200.0,
        1793527202.0, 0, '{"content-type": "text/plain; charset=utf-8"}', '{}', '[]',
        '/where/it/was/once/jobs/cut/user_logs/std_log.txt'),
    ('azureml', 'ExperimentRun/dcid.Cut/logs/a/b.txt', '"0x05"', 1793527200.0,
        1793527202.0, 0, '{"content-type": "text/plain; charset=utf-8"}', '{}', '[]',
        '/where/it/was/once/jobs/cut/code/logs/a/b.txt'),
    ('azureml-blobstore', 'a/b ü.txt', '"0x06"', 1793527200.0, 1793527202.0, 5,
        '{"content-type": "application/x-thing", "content-md5": "XUFAKrxLKna5cZ2REBfFkg=="}',
        '{"kept": "yes"}', '[["", "9a/9a07ee2e438445a191e4a62f01a31e69", 5]]', NULL),
    ('azureml-blobstore', 'big', '"0x07"', 1793527200.0, 1793527202.0, 11,
        '{"content-type": "application/octet-stream"}', '{}',
        '[["YjE=", "1a/1a13dd23e6b143618c83ef430f05389c", 5],
          ["YjI=", "02/0200ba0afb324d0c91db3b23a2d8a6f0", 6]]', NULL);
INSERT INTO blocks VALUES
    ('azureml-blobstore', 'big', 'YjM=', '0a/0a9929e3dacb4605968ed735d0bf6ecf', 6);
