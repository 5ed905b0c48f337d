/** A stage by its name. */
import { useTranslation } from 'react-i18next';
import { stageName, useStages } from '@/lib/pipeline/stages';

export function StageName({ stage }: { readonly stage: string }) {
  const { t } = useTranslation();
  return <>{stageName(stage, useStages(), t)}</>;
}
