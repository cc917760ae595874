// Podman, with a store and networks of its own, and stand-ins for what comes from registries.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const BUSYBOX = '/bin/busybox';

// Images are small, and nothing is fetched.
const PATIENCE = 120_000;

// A build starts no container, so that it needs nothing of the system; nothing is fetched.
export const BUILD_FLAGS = ['--isolation=chroot', '--pull=never', '--format=docker'];

const conf = (folder) => `
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
[network]
network_backend = "netavark"
network_config_dir = "${folder}/networks"
`;

const store = (folder) => `
[storage]
driver = "overlay"
runroot = "${folder}/run"
graphroot = "${folder}/images"
`;

export class Engine {
  // Makes one that ends with a test.
  static async start(test) {
    const engine = new Engine();
    engine.folder = await mkdtemp(join(tmpdir(), 'poolhouse-containers-'));
    const [settings, images] = ['containers.conf', 'storage.conf'].map((name) => join(engine.folder, name));
    await writeFile(settings, conf(engine.folder));
    await writeFile(images, store(engine.folder));
    engine.env = { ...process.env, CONTAINERS_CONF: settings, CONTAINERS_STORAGE_CONF: images };
    test.after(() => engine.end());
    return engine;
  }

  // Takes everything away that was made here; another store of the machine is not touched.
  async end() {
    await this.podman('rm', '--all', '--force', '--time=0', '--volumes');
    await this.podman('rmi', '--all', '--force');
    await run('umount', [join(this.folder, 'images/overlay')]).catch(() => {});
    await rm(this.folder, { recursive: true, force: true });
  }

  // Runs a command of Podman; gives what it printed.
  podman(...args) {
    return this.exec('podman', args);
  }

  async exec(program, args, cwd) {
    return run(program, args, { cwd, env: this.env, timeout: PATIENCE, maxBuffer: 1 << 24 });
  }

  // Builds an image of files, { path in it: file here }, and more lines of a recipe.
  async image(name, files, lines) {
    const folder = join(this.folder, name.replaceAll(/[^a-z]/g, '-'));
    for (const [path, file] of Object.entries(files)) {
      const place = join(folder, 'root', path);
      await mkdir(dirname(place), { recursive: true });
      await copyFile(file, place);
    }
    await writeFile(join(folder, 'Containerfile'), ['FROM scratch', 'COPY root /', ...lines, ''].join('\n'));
    await this.podman('build', '--quiet', ...BUILD_FLAGS, '--tag', name, folder);
  }

  // Why no container can be run here; undefined where one can.
  async obstacle() {
    await this.image('localhost/nothing:1', { [BUSYBOX]: BUSYBOX }, []);
    try {
      await this.podman('run', '--rm', 'localhost/nothing:1', BUSYBOX, 'true');
      return undefined;
    } catch (error) {
      return error.stderr.trim().split('\n').at(-1);
    }
  }
}

// The libraries that programs are linked with.
async function libraries(...programs) {
  const { stdout } = await run('ldd', programs);
  const found = [...stdout.matchAll(/(\/[^\s:]+\.so[^\s:]*) \(/g)].map(([, file]) => file);
  return Object.fromEntries(found.map((file) => [file, file]));
}

// Makes what the recipe takes from registries: in place of the compiler one that has compiled
// already.
export async function makeBaseImages(engine, binary) {
  const cargo = join(engine.folder, 'cargo');
  const stripped = join(engine.folder, 'poolhouse');
  await run('strip', ['-o', stripped, binary]);
  await writeFile(cargo, '#!/bin/sh\nmkdir -p target/release && cp /poolhouse target/release/\n', { mode: 0o755 });
  const built = { [BUSYBOX]: BUSYBOX, '/bin/cargo': cargo, '/poolhouse': stripped };
  const shell = [`RUN ["${BUSYBOX}", "--install", "-s", "/bin"]`, 'ENV PATH=/bin'];
  await engine.image('docker.io/library/rust:1.95-bookworm', built, shell);

  const [passwd, group] = ['passwd', 'group'].map((name) => join(engine.folder, name));
  await writeFile(passwd, 'nonroot:x:65532:65532::/:/sbin/nologin\n');
  await writeFile(group, 'nonroot:x:65532:\n');
  const cc = { ...(await libraries(binary)), '/etc/passwd': passwd, '/etc/group': group };
  await engine.image('gcr.io/distroless/cc-debian12:nonroot', cc, ['USER 65532']);

  const { stdout } = await run('sh', ['-c', 'command -v curl']);
  const curl = stdout.trim();
  const files = { ...(await libraries(curl)), [`/bin/${basename(curl)}`]: curl };
  await engine.image('docker.io/curlimages/curl:8.11.1', files, ['ENTRYPOINT ["/bin/curl"]']);
}
