/** How long the longest transaction of a database took so far, in milliseconds. */
export function longestTransaction(db) {
  let longest = 0;
  const write = db.write.bind(db);
  db.write = async (...given) => {
    const began = performance.now();
    const result = await write(...given);
    longest = Math.max(longest, performance.now() - began);
    return result;
  };
  return () => longest;
}
