// Stands for the packages of Backstage that only the rest of the plugins needs: a backend, its web server and its database. Of these,
// what is called while the plugins are loaded or while they make a form and a manifest is here.
const path = require('path');

const asGiven = (value) => value;

module.exports = {
  coreServices: {},
  createBackendModule: asGiven,
  createBackendPlugin: asGiven,
  createExtensionPoint: asGiven,
  createServiceRef: asGiven,
  createTemplateAction: asGiven,
  /** A path in a folder; one that leads out of it is an error. */
  resolveSafeChildPath(folder, file) {
    const resolved = path.resolve(folder, file);
    if (!resolved.startsWith(path.resolve(folder) + path.sep)) {
      throw new Error(`${file} is not in ${folder}`);
    }
    return resolved;
  },
};
