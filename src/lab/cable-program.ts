/** A cable that delays, reorders, loses and copies frames, for kernels with and without netem: a C program of ours. */
import { join } from "node:path";

/** Frames of a burst of losses, in the mean. */
const MEAN_BURST_FRAMES = 3;

/**
 * The program. It joins two TAP devices, which it makes and which go with it. A TAP device without offloads gets frames as
 * they are on the wire: the kernel cuts those of segmentation offload up before.
 */
export const CABLE_PROGRAM = String.raw`/* cable A B DELAY JITTER REORDER BURSTS COPIES  DELAY JITTER REORDER BURSTS COPIES
 * Joins the TAP devices A and B; the first five numbers are for frames from A to B, the others for those back.
 * DELAY   how long each frame takes, in microseconds
 * JITTER  up to this much longer, at random; frames stay in order
 * REORDER up to this much longer again; frames overtake each other
 * BURSTS  millionths of the TCP packets that are lost, ${MEAN_BURST_FRAMES} in a row in the mean (Gilbert's model)
 * COPIES  millionths of the TCP packets that arrive twice
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <linux/if.h>
#include <linux/if_tun.h>

enum { FRAME_BYTES = 2048, MAX_FRAMES = 65536, AT_ONCE = 64, ETHERNET = 14, TCP = 6 };
static const int64_t SECOND = 1000000000;
static const double END_OF_BURST = 1.0 / ${MEAN_BURST_FRAMES};

struct frame { int64_t due; uint64_t number; int length; unsigned char bytes[FRAME_BYTES]; };

struct direction {
  int64_t delay, jitter, reorder, last;
  double bursts, copies;
  int in_burst, count;
  struct frame *heap[MAX_FRAMES];
};

static struct direction directions[2];
static uint64_t frames;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

static int open_tap(const char *name) {
  struct ifreq request;
  int file = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  memset(&request, 0, sizeof request);
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (file < 0 || ioctl(file, TUNSETIFF, &request) < 0) {
    fprintf(stderr, "%s: no TAP device can be made: %s\n", name, strerror(errno));
    exit(1);
  }
  return file;
}

static int is_before(const struct frame *a, const struct frame *b) {
  return a->due < b->due || (a->due == b->due && a->number < b->number);
}

static void push(struct direction *way, struct frame *frame) {
  int at = way->count++;
  for (; at > 0 && is_before(frame, way->heap[(at - 1) / 2]); at = (at - 1) / 2)
    way->heap[at] = way->heap[(at - 1) / 2];
  way->heap[at] = frame;
}

static struct frame *pop(struct direction *way) {
  struct frame *first = way->heap[0], *last = way->heap[--way->count];
  int at = 0;
  for (;;) {
    int child = 2 * at + 1;
    if (child + 1 < way->count && is_before(way->heap[child + 1], way->heap[child])) child++;
    if (child >= way->count || is_before(last, way->heap[child])) break;
    way->heap[at] = way->heap[child];
    at = child;
  }
  way->heap[at] = last;
  return first;
}

static int is_tcp(const struct frame *frame) {
  const unsigned char *bytes = frame->bytes;
  if (frame->length <= ETHERNET + 20) return 0;
  if (bytes[12] == 0x08 && bytes[13] == 0x00) return bytes[ETHERNET + 9] == TCP;
  return bytes[12] == 0x86 && bytes[13] == 0xdd && bytes[ETHERNET + 6] == TCP;
}

/* Whether a TCP packet falls into a burst; the share of those that do is way->bursts. */
static int is_lost(struct direction *way) {
  double begin = way->bursts * END_OF_BURST / (1 - way->bursts);
  if (way->bursts <= 0) return 0;
  way->in_burst = way->in_burst ? drand48() >= END_OF_BURST : drand48() < begin;
  return way->in_burst;
}

static void take(struct direction *way, const struct frame *read_frame) {
  struct frame *frame;
  if (way->count == MAX_FRAMES || (frame = malloc(sizeof *frame)) == NULL) return;
  memcpy(frame, read_frame, sizeof *frame);
  frame->due = now() + way->delay + (int64_t)(drand48() * way->jitter);
  if (frame->due < way->last) frame->due = way->last;
  way->last = frame->due;
  frame->due += (int64_t)(drand48() * way->reorder);
  frame->number = frames++;
  push(way, frame);
}

int main(int count, char **words) {
  if (count != 13) return 2;
  struct pollfd files[2];
  static struct frame frame;
  for (int end = 0; end < 2; end++) {
    char **numbers = words + 3 + 5 * end;
    struct direction *way = &directions[end];
    files[end] = (struct pollfd){ .fd = open_tap(words[1 + end]), .events = POLLIN };
    way->delay = atoll(numbers[0]) * 1000;
    way->jitter = atoll(numbers[1]) * 1000;
    way->reorder = atoll(numbers[2]) * 1000;
    way->bursts = atof(numbers[3]) / 1e6;
    way->copies = atof(numbers[4]) / 1e6;
  }
  srand48(now());
  puts("The cable is there.");
  fflush(stdout);
  for (;;) {
    int64_t time = now(), wait = SECOND;
    for (int end = 0; end < 2; end++) {
      struct direction *way = &directions[end];
      if (way->count > 0 && way->heap[0]->due - time < wait) wait = way->heap[0]->due - time;
    }
    if (wait < 0) wait = 0;
    ppoll(files, 2, &(struct timespec){ .tv_sec = wait / SECOND, .tv_nsec = wait % SECOND }, NULL);
    for (int end = 0; end < 2; end++) {
      struct direction *way = &directions[end];
      for (int i = 0; i < AT_ONCE && (frame.length = read(files[end].fd, frame.bytes, FRAME_BYTES)) > 0; i++) {
        int may_suffer = is_tcp(&frame);
        if (may_suffer && is_lost(way)) continue;
        take(way, &frame);
        if (may_suffer && drand48() < way->copies) take(way, &frame);
      }
      while (way->count > 0 && way->heap[0]->due <= now()) {
        struct frame *due = pop(way);
        if (write(files[1 - end].fd, due->bytes, due->length) < 0) fprintf(stderr, "lost: %s\n", strerror(errno));
        free(due);
      }
    }
  }
}
`;

/** What the program says when both devices are there. */
export const CABLE_READY = "The cable is there.";

/** Path of the source in a lab's folder; the program lies beside it, without `.c`. */
export function cableSource(folder: string): string {
  return join(folder, "cable.c");
}

/** Compiles the program with the system's C compiler. */
export function compileCommand(folder: string): string[] {
  return ["cc", "-O2", "-o", join(folder, "cable"), cableSource(folder)];
}

/** What a cable does to the frames of one direction. */
export interface CableFaults {
  /** Extra delay in ms, and jitter on top of it: up to so many ms, at random, frames in order. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Up to so many ms more, at random; frames overtake each other. */
  readonly reorderMs: number;
  /** Percent of TCP packets lost in bursts of three in the mean, 0 … 50. */
  readonly burstPercent: number;
  /** Percent of TCP packets that arrive twice, 0 … 100. */
  readonly duplicatePercent: number;
}

/** The command that joins two devices; it makes them. */
export function cableCommand(
  folder: string,
  devices: readonly [string, string],
  there: CableFaults,
  back: CableFaults,
): string[] {
  const numbers = ({ delayMs, jitterMs, reorderMs, burstPercent, duplicatePercent }: CableFaults) => [
    ...[delayMs, jitterMs, reorderMs].map((ms) => `${Math.round(ms * 1000)}`),
    ...[burstPercent, duplicatePercent].map((percent) => `${Math.round(percent * 10_000)}`),
  ];
  return [join(folder, "cable"), ...devices, ...numbers(there), ...numbers(back)];
}
