// The commands of a page, run in order in one shell, as a reader runs them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { TARGET } from './quickstart.mjs';

const PAGE_TTL = 110_000;

// Starts a server that the page leaves running, beside the one of the page; waits until it serves,
// and stops it.
const SERVE = `serve_for_a_moment() {
  rm -f ready-for-a-moment
  POOLHOUSE_LISTEN=localhost:0 POOLHOUSE_READY_FILE=ready-for-a-moment \\
    POOLHOUSE_DATA_DIR=data-for-a-moment bash --norc -c "exec $1" &
  local server=$!
  until [ -s ready-for-a-moment ]; do kill -0 $server; sleep 0.1; done
  kill $server
  wait $server
}
`;

// Runs the steps of a page in `folder`; answers with what each command printed, by step, and with
// the step that failed, if one did.
export async function runSteps(folder, steps, endpoint) {
  const outputs = join(folder, '.outputs');
  await mkdir(outputs);
  const script = `set -euo pipefail\n${SERVE}${steps.map(asScript).join('')}`;
  const end = await runScript(folder, script, endpoint);
  const printed = new Map();
  for (const name of await readdir(outputs)) {
    const text = await readFile(join(outputs, name), 'utf8');
    printed.set(name, text.replaceAll('\r\n', '\n'));
  }
  const begun = steps.findLastIndex((_, at) => printed.has(`${at}.0`));
  return { printed, failure: end === undefined ? undefined : { end, step: steps[begun] } };
}

// The commands of a step with their outputs in files of their own. A reader sees both outputs of
// a command at a prompt; commands of a script fail the page, those at a prompt may answer so.
function asScript(step, at) {
  const parts = step.commands.map(({ command }, part) => {
    const output = `"$PWD/.outputs/${at}.${part}"`;
    const isServer = step.isServer && part === step.commands.length - 1;
    if (isServer) return `exec > ${output} 2>&1\nserve_for_a_moment ${quoted(command.trim())}\n`;
    if (step.language === 'sh') return `exec > ${output} 2> ${output.replace(/"$/, '.err"')}\n${command}`;
    return `exec > ${output} 2>&1\nset +e\n${command}echo $? > ${output.replace(/"$/, '.status"')}\nset -e\n`;
  });
  return parts.join('');
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// Runs it; answers with why it failed, or with nothing.
async function runScript(folder, script, endpoint) {
  const programs = [join(TARGET, 'python/bin'), join(TARGET, 'debug')];
  const env = {
    ...process.env,
    PATH: [...programs, process.env.PATH].join(delimiter),
    CURL_HOME: folder,
    CARGO_TARGET_DIR: join(TARGET, 'pages'),
    POOLHOUSE_LISTEN: new URL(endpoint).host,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  // With a socket as its input, bash would read the user's start-up file, and that may put other
  // programs first.
  const shell = spawn('bash', ['--norc', '-c', script], {
    cwd: folder,
    env,
    stdio: 'ignore',
    detached: true,
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    process.kill(-shell.pid, 'SIGKILL');
  }, PAGE_TTL);
  const [code] = await once(shell, 'exit');
  clearTimeout(timer);
  endGroup(shell.pid);
  if (isLate) return `it took more than ${PAGE_TTL / 1000} seconds`;
  return code === 0 ? undefined : `exit code ${code}`;
}

// Ends what the page left running.
function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
