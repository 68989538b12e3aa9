import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app-type.js';

/** Swagger UI needs its own files, pictures in data URLs, and nothing from anywhere else. */
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The OpenAPI 3.1 document of all routes at /docs/json, with a page to read it at /docs. */
export async function describeApi(app: App, publicUrl: string): Promise<void> {
  const names = new NamedSchemas();
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
    transform: ({ schema, url }) => ({ schema: names.takeFrom(schema) as typeof schema, url }),
    transformObject: (document) => {
      if ('swaggerObject' in document) return document.swaggerObject;
      const { openapiObject } = document;
      openapiObject.components = Object.assign(openapiObject.components ?? {}, { schemas: names.schemas });
      return openapiObject;
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: POLICY, uiConfig: { validatorUrl: null } });
}

/** Schemas that have a name (`$id`): each is written once, and referred to from where it is used. */
class NamedSchemas {
  readonly schemas: Record<string, unknown> = {};

  takeFrom(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.takeFrom(item));
    if (typeof value !== 'object' || value === null) return value;
    const { $id: name, ...rest } = value as Record<string, unknown>;
    const taken = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, this.takeFrom(child)]));
    if (typeof name !== 'string') return taken;
    this.schemas[name] = taken;
    return { $ref: `#/components/schemas/${name}` };
  }
}
