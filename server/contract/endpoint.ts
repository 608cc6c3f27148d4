import type { z } from "zod";

/** One route of the wire, as OpenAPI tells of it. `body: "audio"` is a raw part of a WAV, `"file"` a playbook as YAML or workbook. */
export type Endpoint = {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  summary: string;
  who: "anyone" | "signed in" | "device" | "supervisor" | "admin";
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType | "audio" | "file";
  status: 200 | 201 | 204;
  response?: z.ZodType | "audio" | "events" | "workbook" | "file";
};
