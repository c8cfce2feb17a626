/** An answer, or a failure after a few seconds: who watches over the hub does not wait for a database that hangs. */
export async function soon<T>(answer: Promise<T>, patience = 3000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer in time')), patience);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
