/** What every page stands in: theme, cache, notices, routes. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { pageNonce } from '@/lib/theme/nonce';
import { resolver, theme } from '@/lib/theme/theme';
import { router } from './router';
import { cache } from './routes/root';

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto" getStyleNonce={pageNonce}>
      <ErrorBoundary>
        <QueryClientProvider client={cache}>
          <Notifications position="bottom-center" limit={3} zIndex={500} className="nx-notices" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
