// The manifest that the action of the plugin terasky-utils writes, as published, from what somebody has entered.
import fs from 'fs';
import os from 'os';
import path from 'path';
import { createRequire } from 'module';

const require = createRequire(import.meta.url);
const { ConfigReader } = require('@backstage/config');
const ACTION = 'terasky:claim-template';

export async function write(config, steps, data) {
  const { input } = steps.find(({ action }) => action === ACTION);
  const { handler } = await action(config);
  const workspacePath = fs.mkdtempSync(path.join(os.tmpdir(), 'backstage-'));
  const outputs = {};
  try {
    await handler({
      // Backstage's template engine replaces these two expressions in the input.
      input: { ...input, parameters: data, clusters: data.clusters },
      logger: { info() {}, warn() {}, error() {}, debug() {} },
      workspacePath,
      output: (name, value) => { outputs[name] = value; },
    });
    return { manifest: outputs.manifest, files: outputs.filePaths.map((file) => path.relative(workspacePath, file)) };
  } finally {
    fs.rmSync(workspacePath, { recursive: true });
  }
}

/** The plugin registers its actions as it does in a backend. */
async function action(config) {
  const { default: plugin } = require('@terasky/backstage-plugin-scaffolder-backend-module-terasky-utils');
  const actions = [];
  const scaffolderActions = { addActions: (...more) => actions.push(...more) };
  let ready;
  plugin.register({ registerInit: ({ init }) => { ready = init({ scaffolderActions, config: new ConfigReader(config) }); } });
  await ready;
  return actions.find(({ id }) => id === ACTION);
}
