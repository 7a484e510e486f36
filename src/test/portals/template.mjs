// The software template that the plugin kubernetes-ingestor makes of an XRD. It runs as published; around it, Backstage's scheduler and
// logger and its proxy to the cluster are replaced: the proxy answers from files, as an API server would.
import { createRequire } from 'module';

const require = createRequire(import.meta.url);
const { ConfigReader } = require('@backstage/config');
const { XRDTemplateEntityProvider } = require('@terasky/backstage-plugin-kubernetes-ingestor');

/** The name of the cluster in app-config.yaml. */
export const CLUSTER = 'host';

/** An API server keeps what a schema of a CRD does not type, such as the schema in an XRD, with sorted keys. */
function stored(value) {
  if (Array.isArray(value)) {
    return value.map(stored);
  }
  return value === null || typeof value !== 'object' ? value
    : Object.fromEntries(Object.keys(value).sort().map((key) => [key, stored(value[key])]));
}

/** An XRD once Crossplane has established it. */
const established = (definition) => ({
  ...stored(definition),
  status: {
    controllers: {
      compositeResourceType: {
        apiVersion: `${definition.spec.group}/${definition.spec.versions[0].name}`,
        kind: definition.spec.names.kind,
      },
    },
  },
});

export async function template(config, definition, composition) {
  const xrd = established(definition);
  const objects = {
    'apiextensions.crossplane.io/v1/compositeresourcedefinitions': [{ ...xrd, apiVersion: 'apiextensions.crossplane.io/v1' }],
    'apiextensions.crossplane.io/v2/compositeresourcedefinitions': [xrd],
    'apiextensions.crossplane.io/v1/compositions': [stored(composition)],
    'apiextensions.k8s.io/v1/customresourcedefinitions': [],
  };
  const proxy = {
    getClusters: async () => [CLUSTER],
    fetchResources: async ({ resourcePath }) => {
      if (!(resourcePath in objects)) {
        throw new Error(`${resourcePath} was not expected to be read`);
      }
      return objects[resourcePath];
    },
  };
  const complaints = [];
  const complain = (...words) => complaints.push(words.join(' '));
  const logger = { info() {}, debug() {}, warn: complain, error: complain };
  const scheduler = { run: ({ fn }) => fn() };
  const found = [];
  const catalog = { applyMutation: async ({ added, entities }) => found.push(...(added ?? entities)) };
  await new XRDTemplateEntityProvider(scheduler, logger, new ConfigReader(config), proxy).connect(catalog);
  const templates = found.map(({ entity }) => entity).filter(({ kind }) => kind === 'Template');
  if (complaints.length || templates.length !== 1) {
    throw new Error(`${templates.length} templates; ${complaints.join('; ')}`);
  }
  return templates[0];
}
