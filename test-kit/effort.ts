/**
 * CPU milliseconds that `work` takes in this process. Unlike the time on the wall they hardly depend on what else the machine does: a bound
 * of many times what is usual distinguishes work that grows with the square of its input, or worse, from work that does not.
 */
export async function effortMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
