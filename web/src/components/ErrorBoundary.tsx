/** Catches what a region throws while it is drawn, so that the rest of the page lives on. */
import { Component, type ReactNode } from 'react';
import { ErrorBox } from '@/components/ErrorBox';

interface Props {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorBox error={this.state.error} retry={() => this.setState({ error: null })} />;
  }
}
