import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const place = { port: 5183, strictPort: true };

export default defineConfig({
  plugins: [react()],
  server: place,
  preview: place,
  // Two pages that share nothing but the configuration.
  build: { rolldownOptions: { input: ['index.html', 'authenticator.html'] }, chunkSizeWarningLimit: 1500 },
});
