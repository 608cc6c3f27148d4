import { z } from "zod";
import { endpoints, problem, type Endpoint } from "#contract";

const MEDIA = {
  audio: "audio/wav",
  events: "text/event-stream",
  file: "application/yaml",
  workbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

const schemaOf = (type: z.ZodType, io: "input" | "output") => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return schema;
};

function parameters({ params, query }: Endpoint) {
  const list = (place: "path" | "query", shape: z.ZodObject | undefined) =>
    Object.entries(shape?.shape ?? {}).map(([name, type]) => ({
      name,
      in: place,
      required: place === "path" || !(type as z.ZodType).safeParse(undefined).success,
      schema: schemaOf(type as z.ZodType, "input"),
    }));
  return [...list("path", params), ...list("query", query)];
}

function bodyOf({ body }: Endpoint) {
  if (body === undefined) return {};
  const binary = { schema: { type: "string", format: "binary" } };
  const content =
    body === "audio"
      ? { "application/octet-stream": binary }
      : body === "file"
        ? { "application/yaml": { schema: { type: "string" } }, [MEDIA.workbook]: binary }
        : { "application/json": { schema: schemaOf(body, "input") } };
  return { requestBody: { required: true, content } };
}

function responseOf({ response }: Endpoint) {
  if (response === undefined) return { description: "Done" };
  const content =
    typeof response === "string"
      ? { [MEDIA[response]]: { schema: { type: "string" } } }
      : { "application/json": { schema: schemaOf(response, "output") } };
  return { description: "Done", content };
}

const failure = {
  description: "What is wrong, and what to do",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function operation(endpoint: Endpoint) {
  return {
    summary: endpoint.summary,
    description: `For: ${endpoint.who}.`,
    ...(endpoint.who === "anyone" && { security: [] }),
    parameters: parameters(endpoint),
    ...bodyOf(endpoint),
    responses: { [endpoint.status]: responseOf(endpoint), default: failure },
  };
}

/** The OpenAPI document, made from the contract once: it takes 20 ms, and anyone may ask for it. */
export function openapi(version: string): () => ReturnType<typeof documentOf> {
  let made: ReturnType<typeof documentOf> | undefined;
  return () => (made ??= documentOf(version));
}

function documentOf(version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "CallManager", version },
    security: [{ device: [] }, { browser: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, "output") },
      securitySchemes: {
        device: { type: "http", scheme: "bearer" },
        browser: { type: "apiKey", in: "cookie", name: "callmanager" },
      },
    },
  };
}
