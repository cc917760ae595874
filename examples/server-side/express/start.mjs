// Starts the whole example: the identity server with its pool, and the web server.

import { spawn } from 'node:child_process';

import { providePoolhouse } from './poolhouse.mjs';

async function start(mode) {
  // Variables that are set already win over the file.
  process.loadEnvFile(`.env.${mode}`);
  if (mode === 'poolhouse') await providePoolhouse(new URL(process.env.ISSUER).origin);

  const server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], { stdio: 'inherit' });
  process.on('exit', () => server.kill());
  server.on('exit', (code) => process.exit(code ?? 1));
}

// What was started here ends with this program.
process.on('SIGINT', () => process.exit());
process.on('SIGTERM', () => process.exit());

start(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
