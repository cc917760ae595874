import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

import { contentSecurityPolicy } from './contentSecurityPolicy.ts';

// The page asks its own origin for /api, so that the API needs no rules for other origins (CORS). In
// production a proxy in front does the same.
const proxy = { '/api': 'http://localhost:5182' };

// The port is part of the addresses that the app client knows: another port must not be taken instead.
const place = { port: 5181, strictPort: true, proxy };

export default defineConfig(({ mode }) => {
  const { VITE_DOMAIN = '', VITE_ISSUER = '' } = loadEnv(mode, '.');
  return {
    plugins: [react(), contentSecurityPolicy([VITE_DOMAIN, VITE_ISSUER])],
    server: place,
    preview: place,
  };
});
