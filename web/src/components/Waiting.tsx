/** A skeleton in the final geometry, shown only once the wait is felt (150 ms). */
import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';

const FELT_MS = 150;

export function Waiting({ rows = 8, height = 40 }: { readonly rows?: number; readonly height?: number }) {
  const [felt, setFelt] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setFelt(true), FELT_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!felt) return null;
  return (
    <Stack gap="sm" p="md" aria-busy="true">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height - 8} radius="sm" />
      ))}
    </Stack>
  );
}
