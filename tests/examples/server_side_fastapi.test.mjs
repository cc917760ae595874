// The example `server-side/fastapi` in Chromium.

import { join } from 'node:path';

import { describeServer } from './server_side_behaviour.mjs';

const ROOT = join(import.meta.dirname, '../..');
const PYTHON = join(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'python-fastapi/bin/python');

describeServer({
  folder: 'server-side/fastapi',
  command: [PYTHON, 'start.py', 'poolhouse'],
  app: 'http://localhost:5185',
  cookie: 'fastapi-example',
  poolId: 'us-east-1_FastApiEx',
  clientId: 'fastapiweb',
  clientSecret: 'OnlyForThisMachine0nlyForThisMachineFastApi',
});
