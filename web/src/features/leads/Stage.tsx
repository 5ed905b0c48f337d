/** A stage in the reader's language; a company's own name where we know none. */
import { useTranslation } from 'react-i18next';
import { isStage } from './queries';

export function Stage({ stage }: { readonly stage: string }) {
  const { t } = useTranslation();
  return <>{isStage(stage) ? t(`stage.${stage}`) : stage}</>;
}
