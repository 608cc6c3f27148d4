import { z } from "zod";

const name = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/, "small letters, digits, dots and dashes");
/** A name in the model's own folder: never a path that leads out of it. */
const fileName = z.string().regex(/^[\w][\w.-]{0,119}$/, "a plain file name");

const file = z.object({
  /** The part that it plays: `model` and `tokens`, or `encoder`, `decoder`, `joiner` and `tokens`. */
  part: z.enum(["model", "encoder", "decoder", "joiner", "tokens"]),
  path: fileName,
  /** Absent in a description that comes with its files. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** Null where nobody here knows it for certain: then it is taken from the first download, and said. */
  bytes: z.int().min(1).nullable(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

/** One model: where it is, what it must be, under which licence, and how it is loaded. */
export const modelEntry = z.object({
  id: name,
  title: z.string().max(200),
  engine: z.literal("sherpa"),
  kind: z.enum(["nemoCtc", "zipformer", "nemoTransducer"]),
  language: z.enum(["es", "en", "multi"]),
  licence: z.string().max(80),
  attribution: z.string().max(400),
  /** What is not known, or was never tried; shown before it is fetched. */
  remarks: z.string().max(600).default(""),
  files: z.array(file).min(2).max(8),
  params: z.object({ tailMs: z.int().min(0).max(5_000) }),
});
export type ModelEntry = z.infer<typeof modelEntry>;
export type ModelFile = ModelEntry["files"][number];

/** Whether every file's size and digest are known before it is fetched. */
export const isVerified = ({ files }: ModelEntry): boolean =>
  files.every(({ bytes, sha256 }) => bytes !== null && sha256 !== null);

const at = (repository: string, commit: string, path: string): string =>
  `https://huggingface.co/csukuangfj/${repository}/resolve/${commit}/${path}`;

const unknown = { bytes: null, sha256: null };
const KROKO = "sherpa-onnx-streaming-zipformer-es-kroko-2025-08-06";
const ENGLISH = "sherpa-onnx-streaming-zipformer-en-2023-06-26";
const PARAKEET = "sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8";
/** The commit whose files the digests below were published of. */
const PARAKEET_COMMIT = "2bda32ec70b097a55adaa07d9a7173915b43cc78";
const ENGLISH_COMMIT = "6037ea07e3abfe599ad00d418968bcf9656e7472";
const englishFile = (part: "encoder" | "decoder" | "joiner", int8: boolean) => {
  const path = `${part}-epoch-99-avg-1-chunk-16-left-128${int8 ? ".int8" : ""}.onnx`;
  return { part, path, url: at(ENGLISH, ENGLISH_COMMIT, path), ...unknown };
};

/**
 * The models that can be fetched. None of them was ever fetched or run by those who wrote this; a digest stands here
 * only where it was published.
 */
export const manifest: ModelEntry[] = [
  {
    id: "es-kroko",
    title: "Kroko, streaming zipformer, Spanish (2025-08-06)",
    engine: "sherpa",
    kind: "zipformer",
    language: "es",
    licence: "CC-BY-SA-4.0",
    attribution: "Kroko ASR by Banafo, https://huggingface.co/Banafo/Kroko-ASR",
    remarks:
      "Some 156 MB. Sizes, digests and even the names of its files are not known here: unverified. No published word error rate.",
    files: [
      { part: "encoder", path: "encoder.onnx", url: at(KROKO, "main", "encoder.onnx"), ...unknown },
      { part: "decoder", path: "decoder.onnx", url: at(KROKO, "main", "decoder.onnx"), ...unknown },
      { part: "joiner", path: "joiner.onnx", url: at(KROKO, "main", "joiner.onnx"), ...unknown },
      { part: "tokens", path: "tokens.txt", url: at(KROKO, "main", "tokens.txt"), ...unknown },
    ],
    params: { tailMs: 1_000 },
  },
  {
    id: "parakeet-v3",
    title: "NVIDIA Parakeet TDT 0.6B v3, int8, 25 languages with Spanish and English",
    engine: "sherpa",
    kind: "nemoTransducer",
    language: "multi",
    licence: "CC-BY-4.0",
    attribution: "Parakeet TDT 0.6B v3 by NVIDIA, https://huggingface.co/nvidia/parakeet-tdt-0.6b-v3",
    remarks:
      "670 MB, 1 GB of memory and more. Writes when somebody has paused, not while they speak: the doctor says whether this PC is fast enough. Its digests were published by others, twice and the same.",
    files: [
      {
        part: "encoder",
        path: "encoder.int8.onnx",
        url: at(PARAKEET, PARAKEET_COMMIT, "encoder.int8.onnx"),
        bytes: 652_184_281,
        sha256: "acfc2b4456377e15d04f0243af540b7fe7c992f8d898d751cf134c3a55fd2247",
      },
      {
        part: "decoder",
        path: "decoder.int8.onnx",
        url: at(PARAKEET, PARAKEET_COMMIT, "decoder.int8.onnx"),
        bytes: 11_845_275,
        sha256: "179e50c43d1a9de79c8a24149a2f9bac6eb5981823f2a2ed88d655b24248db4e",
      },
      {
        part: "joiner",
        path: "joiner.int8.onnx",
        url: at(PARAKEET, PARAKEET_COMMIT, "joiner.int8.onnx"),
        bytes: 6_355_277,
        sha256: "3164c13fc2821009440d20fcb5fdc78bff28b4db2f8d0f0b329101719c0948b3",
      },
      {
        part: "tokens",
        path: "tokens.txt",
        url: at(PARAKEET, PARAKEET_COMMIT, "tokens.txt"),
        bytes: 93_939,
        sha256: "d58544679ea4bc6ac563d1f545eb7d474bd6cfa467f0a6e2c1dc1c7d37e3c35d",
      },
    ],
    params: { tailMs: 0 },
  },
  {
    id: "en-zipformer",
    title: "k2-fsa streaming zipformer, English (LibriSpeech, 2023-06-26)",
    engine: "sherpa",
    kind: "zipformer",
    language: "en",
    licence: "Apache-2.0",
    attribution: "Next-gen Kaldi, https://github.com/k2-fsa/icefall",
    remarks: "Some 74 MB. Read books, not telephone calls. Sizes and digests are not known here: unverified.",
    files: [
      englishFile("encoder", true),
      englishFile("decoder", false),
      englishFile("joiner", true),
      {
        part: "tokens",
        path: "tokens.txt",
        url: at(ENGLISH, ENGLISH_COMMIT, "tokens.txt"),
        ...unknown,
      },
    ],
    params: { tailMs: 1_000 },
  },
];
