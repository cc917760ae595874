// The web server: pages for people, an API for programs.

import express from 'express';

import { api } from './api';
import { config } from './config';
import { securityHeaders } from './headers';
import { people } from './people';

const server = express();
server.disable('x-powered-by');
server.use(securityHeaders);
server.use(express.static('public'));
server.use(api);
server.use(people);

// On this machine only.
server.listen(config.port, 'localhost', (error) => {
  if (error) throw error;
  console.log(`Open ${config.origin}`);
});
