import { z } from "zod";
import { id, paging } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import * as keeping from "./keeping.ts";

const ofCall = z.object({ callId: id });

/** How long things are kept, and their copies. */
export const keepingEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/retention",
    summary: "How long recordings are kept, and as what",
    who: "admin",
    status: 200,
    response: keeping.retention,
  },
  {
    method: "put",
    path: "/api/retention",
    summary: "Replace the rules",
    who: "admin",
    body: keeping.retentionInput,
    status: 200,
    response: keeping.retention,
  },
  {
    method: "post",
    path: "/api/retention/preview",
    summary: "What rules would do tonight; changes nothing",
    who: "admin",
    body: keeping.retentionInput,
    status: 200,
    response: keeping.retentionPreview,
  },
  {
    method: "get",
    path: "/api/retention/capacity",
    summary: "Room that recordings take, and when the disk is full",
    who: "admin",
    status: 200,
    response: keeping.capacity,
  },
  {
    method: "get",
    path: "/api/retention/holds",
    summary: "Recordings that are held, newest first",
    who: "admin",
    query: paging,
    status: 200,
    response: keeping.heldRecordings,
  },
  {
    method: "post",
    path: "/api/recordings/:callId/hold",
    summary: "Hold a recording: it is neither converted nor deleted",
    who: "supervisor",
    params: ofCall,
    body: keeping.holdInput,
    status: 200,
    response: keeping.hold,
  },
  {
    method: "delete",
    path: "/api/recordings/:callId/hold",
    summary: "Release it; whoever held it, executives and admins",
    who: "supervisor",
    params: ofCall,
    status: 204,
  },
  {
    method: "delete",
    path: "/api/recordings/:callId",
    summary: "Put a recording into the trash for 7 days",
    who: "admin",
    params: ofCall,
    status: 204,
  },
  {
    method: "post",
    path: "/api/recordings/:callId/restore",
    summary: "Take it out of the trash",
    who: "admin",
    params: ofCall,
    status: 204,
  },
  {
    method: "get",
    path: "/api/trash",
    summary: "Recordings in the trash, newest first",
    who: "admin",
    query: paging,
    status: 200,
    response: keeping.trashedRecordings,
  },
  {
    method: "get",
    path: "/api/backups",
    summary: "Copies of the database, newest first, and when each goes",
    who: "admin",
    status: 200,
    response: keeping.backups,
  },
  {
    method: "post",
    path: "/api/backups",
    summary: "Make one now",
    who: "admin",
    status: 201,
    response: keeping.backup,
  },
];
