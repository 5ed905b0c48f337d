/** Words for those who listen: not seen, but read out; changes are told at a pause. */
import { VisuallyHidden } from '@mantine/core';

export function Spoken({ children }: { readonly children: string }) {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {children}
    </VisuallyHidden>
  );
}
