// The example `server-side/express` in Chromium.

import { describeServer } from './server_side_behaviour.mjs';

describeServer({
  folder: 'server-side/express',
  command: [process.execPath, 'start.mjs', 'poolhouse'],
  app: 'http://localhost:5184',
  cookie: 'express-example',
  poolId: 'us-east-1_ExpressEx',
  clientId: 'expressweb',
  clientSecret: 'OnlyForThisMachine0nlyForThisMachineExpress',
});
