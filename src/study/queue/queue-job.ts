/**
 * A job as it lies in Redis. Whoever can write there can put anything in its place, so a worker takes nothing for granted: the
 * job names captures and says what to measure, and has no field that could be a command.
 */
import { resolve } from "node:path";
import { z } from "zod";
import { Failure } from "../../failure.ts";
import { type Message, message } from "../../words/message.ts";
import { messagesOf } from "../../words/words.ts";
import { entryName } from "../cache/cache-folder.ts";
import { programFingerprint } from "../cache/program-fingerprint.ts";
import type { AnalysisJob } from "../jobs/analysis-job.ts";
import { pathBelow } from "./path-below.ts";

/** The queue's name in Redis: all versions share it, so that a worker of another one can say that it is. */
export const QUEUE_NAME = "lbqos";
const MAX_FILES = 10_000;
const MAX_PATH = 4096;

const path = z.string().min(1).max(MAX_PATH);
/** A message as JSON. */
export const MESSAGE: z.ZodType<Message> = z.lazy(() =>
  z.object({
    key: z.custom<Message["key"]>((key) => typeof key === "string" && Object.hasOwn(messagesOf("en"), key)),
    values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null(), MESSAGE, z.array(z.string())])),
  }),
);

/** Why one worker could not do a job. */
const DECLINED = z.object({ worker: z.string(), why: MESSAGE });

export const QUEUE_JOB = z.object({
  /** Which lbqos must do it: a hash of the program, and its version for people. */
  program: z.string(),
  version: z.string(),
  /** SHA-256 of the captures, as `contentHash` makes it. */
  contentHash: z.string(),
  /** The experiment's folder, below the root, with `/`; empty: the root itself. */
  folder: z.string().max(MAX_PATH),
  /** The captures in their order, relative to it, as results call them. */
  files: z.array(path).min(1).max(MAX_FILES),
  options: z.strictObject({
    balancer: z.string().optional(),
    backends: z
      .array(
        z.strictObject({
          name: z.string(),
          address: z.string(),
          port: z.number().int().optional(),
          weight: z.number().positive().optional(),
        }),
      )
      .optional(),
    selections: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          filter: z.string(),
          sent: z.number().int().optional(),
        }),
      )
      .optional(),
    rtp: z
      .array(z.strictObject({ port: z.number().int(), clockRateHz: z.number().positive().optional() }))
      .optional(),
    chartData: z.boolean().optional(),
  }),
  /** Workers that could not do it so far. */
  declined: z.array(DECLINED).default([]),
});

export type QueueJob = z.infer<typeof QUEUE_JOB>;
export type DeclinedJob = z.infer<typeof DECLINED>;

/** @throws Failure (status 2) where the experiment lies outside of the root, so that no worker would find it */
export function queueJob(job: AnalysisJob, hash: string, root: string, version: string): QueueJob {
  const folder = pathBelow(root, job.folder);
  if (folder === null) throw new Failure(message("captureOutsideRoot", job.folder, root), 2);
  return {
    program: programFingerprint(),
    version,
    contentHash: hash,
    folder,
    files: [...job.files],
    options: {
      ...(job.options.balancer === undefined ? {} : { balancer: job.options.balancer }),
      ...(job.options.backends === undefined ? {} : { backends: [...job.options.backends] }),
      ...(job.options.selections === undefined ? {} : { selections: [...job.options.selections] }),
      ...(job.options.rtp === undefined ? {} : { rtp: [...job.options.rtp] }),
      ...(job.options.chartData === undefined ? {} : { chartData: job.options.chartData }),
    },
    declined: [],
  };
}

/** The same captures, asked the same by the same program, are the same job, whoever asks. */
export function queueJobId({ program, contentHash, folder, files, options }: QueueJob): string {
  return entryName([program, contentHash, folder, files, options], "job").replace(".job", "");
}

/** The job as a machine does it that has the captures below its own root. */
export function jobBelow(root: string, { folder, files, options }: QueueJob): AnalysisJob {
  const { balancer, backends, selections, rtp, chartData } = options;
  return {
    folder: resolve(root, folder),
    files,
    options: {
      ...(balancer === undefined ? {} : { balancer }),
      ...(backends === undefined
        ? {}
        : {
            backends: backends.map(({ port, weight, ...one }) => ({
              ...one,
              ...(port === undefined ? {} : { port }),
              ...(weight === undefined ? {} : { weight }),
            })),
          }),
      ...(selections === undefined
        ? {}
        : {
            selections: selections.map(({ name, sent, ...one }) => ({
              ...one,
              ...(name === undefined ? {} : { name }),
              ...(sent === undefined ? {} : { sent }),
            })),
          }),
      ...(rtp === undefined
        ? {}
        : {
            rtp: rtp.map(({ port, clockRateHz }) => ({
              port,
              ...(clockRateHz === undefined ? {} : { clockRateHz }),
            })),
          }),
      ...(chartData === undefined ? {} : { chartData }),
    },
  };
}
