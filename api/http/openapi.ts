import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifySchema } from 'fastify';
import { API_PREFIX } from '../contract/limits.js';
import { ClientMessage, RunEvent, ServerMessage } from '../contract/socket.js';
import type { App } from './app-type.js';
import { ANY_OTHER_PROBLEM, commonProblems, problems } from './problem-responses.js';

/** Swagger UI needs its own files, pictures in data URLs, and nothing from anywhere else. */
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The OpenAPI 3.1 document of all routes at /docs/json, with a page to read it at /docs. */
export async function describeApi(app: App, publicUrl: string): Promise<void> {
  const names = new NamedSchemas();
  // No route takes or gives what goes over the socket.
  names.takeFrom([ClientMessage, ServerMessage, RunEvent]);
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
    transform: ({ schema, url }) => ({ schema: names.takeFrom(withCommonProblems(schema, url)) as FastifySchema, url }),
    transformObject: (document) => {
      if ('swaggerObject' in document) return document.swaggerObject;
      const { openapiObject } = document;
      openapiObject.components = Object.assign(openapiObject.components ?? {}, { schemas: names.schemas });
      return openapiObject;
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: POLICY, uiConfig: { validatorUrl: null } });
}

/** The sample model and the operator's routes answer in their own way. */
function withCommonProblems(schema: FastifySchema | undefined, url: string): FastifySchema {
  if (!schema || !url.startsWith(API_PREFIX)) return { ...schema };
  const own = schema.response as object | undefined;
  return { ...schema, response: { ...problems(...commonProblems(schema)), ...own, default: ANY_OTHER_PROBLEM } };
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
