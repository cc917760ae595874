// The example `custom-form` in Chromium, both of its pages.

import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { APP } from './custom_form_pool.mjs';
import { startExample } from './started_example.mjs';

startExample({
  folder: 'custom-form',
  command: [process.execPath, 'start.mjs', 'poolhouse'],
  environment: { VITE_ENDPOINT: ENDPOINT },
  address: APP,
});

await import('./custom_form_own_forms.mjs');
await import('./custom_form_authenticator.mjs');
