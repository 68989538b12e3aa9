import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app-type.js';

/** The OpenAPI 3.1 document of all routes at /docs/json, with a page to read it at /docs. */
export async function describeApi(app: App, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'FineTuneLab Atlas Demo',
        description: 'Test a fine-tuned model with a batch of prompts and ask Atlas about the results.',
        version: '2.0.0',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          session: {
            type: 'http',
            scheme: 'bearer',
            description: 'The sessionToken that POST /configure answers with',
          },
        },
      },
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      return nameSchemas(document.openapiObject as JsonObject);
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
}

type JsonObject = { [key: string]: unknown };

/** Moves every schema that has a name (`$id`) to the components and refers to it from where it was. */
function nameSchemas(document: JsonObject): JsonObject {
  const schemas: JsonObject = {};
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const { $id: name, ...rest } = value as JsonObject;
    const visited = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, visit(child)]));
    if (typeof name !== 'string') return visited;
    schemas[name] = visited;
    return { $ref: `#/components/schemas/${name}` };
  };
  const paths = visit(document.paths);
  return { ...document, paths, components: { ...(document.components as JsonObject), schemas } };
}
