declare module "autocannon" {
  type Request = { method?: string; headers?: Record<string, string>; body?: string };
  type Options = Request & {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    requests?: { setupRequest: (request: Request) => Request }[];
  };
  type Found = { requests: { average: number }; latency: { p99: number }; non2xx: number; errors: number };
  /** The part of autocannon that the benches use. */
  export default function autocannon(options: Options): Promise<Found>;
}
