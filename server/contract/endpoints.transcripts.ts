import { z } from "zod";
import { id, page } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import * as teams from "./teams.ts";
import * as transcripts from "./transcripts.ts";

const ofCall = z.object({ callId: id });

/** What is heard: who may listen, and what was said. */
export const transcriptEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/transcripts/word-errors",
    summary: "How good the recogniser is, by the lines that people corrected",
    who: "signed in",
    status: 200,
    response: transcripts.wordErrors,
  },
  {
    method: "post",
    path: "/api/transcripts/:callId",
    summary: "What was said, line by line, while the call goes on",
    who: "device",
    params: ofCall,
    body: transcripts.transcriptInput,
    status: 200,
    response: transcripts.transcriptKept,
  },
  {
    method: "get",
    path: "/api/transcripts/:callId",
    summary: "What was said in a call, and who spoke how much",
    who: "signed in",
    params: ofCall,
    status: 200,
    response: transcripts.transcript,
  },
  {
    method: "patch",
    path: "/api/transcripts/:callId/lines/:n",
    summary: "Correct a line, or confirm it; what the recogniser wrote stays",
    who: "signed in",
    params: ofCall.extend({ n: transcripts.lineNumber }),
    body: transcripts.lineChange,
    status: 200,
    response: transcripts.shownLine,
  },
  {
    method: "get",
    path: "/api/teams",
    summary: "The teams that one sees: goals, and whether their calls are written down",
    who: "supervisor",
    status: 200,
    response: page(teams.team),
  },
  {
    method: "patch",
    path: "/api/teams/:id",
    summary: "A team's goals; for admins also whether its calls are written down",
    who: "supervisor",
    params: z.object({ id }),
    body: teams.teamChange,
    status: 200,
    response: teams.team,
  },
  {
    method: "get",
    path: "/api/agents/me/listening",
    summary: "Whether this PC may write down what is said",
    who: "device",
    status: 200,
    response: teams.listening,
  },
];
