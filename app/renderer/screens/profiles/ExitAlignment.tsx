/** Where the profile's proxy comes out, and the settings that go with that. */
import { Crosshair, Globe } from 'lucide-solid';
import { Show } from 'solid-js';
import { type AlignmentOffer, exitIn } from '../../../../workspace/model/places/alignment.ts';
import { countryName } from '../../../text/contradictions.ts';
import { Button } from '../../parts/Button.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { locale, show, t } from '../../shell/text.ts';

interface ExitAlignmentProps {
  readonly name: string;
  readonly offer: AlignmentOffer;
  readonly checking: boolean;
  readonly onCheck: () => void;
  /** Another zone of the country. */
  readonly onZone: (timeZone: string) => void;
  readonly onAlign: () => void;
}

export function ExitAlignment(props: ExitAlignmentProps) {
  const known = () => (props.offer.state === 'known' ? props.offer : null);
  const country = () => {
    const code = exitIn(props.offer)?.country;
    return code ? countryName(locale(), code) : '';
  };
  const words = () => {
    const { offer } = props;
    if (offer.state === 'known') {
      const { address, at } = offer.exit;
      return t('consistency.exit.known', { country: country(), address, when: show.ago(at) });
    }
    return t(`alignment.${offer.state}`, {
      name: props.name,
      exit: exitIn(offer)?.address ?? '',
      country: country(),
      zone: '',
    });
  };
  return (
    <>
      <p>{words()}</p>
      <Show when={known()}>
        {(offer) => (
          <>
            <Show when={offer().zones.length > 1}>
              <SelectField
                label={t('profile.timeZone')}
                value={offer().alignment.timeZone}
                choices={offer().zones.map((zone) => ({
                  value: zone,
                  label: zone.replaceAll('_', ' '),
                }))}
                onValue={props.onZone}
              />
            </Show>
            <p class="text-ink-2">
              {t('consistency.exit.offer', {
                languages: offer().alignment.languages.join(', '),
                timeZone: offer().alignment.timeZone,
                latitude: show.number(offer().alignment.geolocation.latitude),
                longitude: show.number(offer().alignment.geolocation.longitude),
                accuracy: show.number(offer().alignment.geolocation.accuracy / 1_000),
              })}
            </p>
          </>
        )}
      </Show>
      <Show when={props.offer.state !== 'noProxy'}>
        <div class="flex flex-wrap gap-2">
          <Show when={known()}>
            <Button small onClick={props.onAlign}>
              <Crosshair class="size-3.5" aria-hidden="true" />
              {t('fix.align')}
            </Button>
          </Show>
          <Button small busy={props.checking} onClick={props.onCheck}>
            <Show when={!props.checking}>
              <Globe class="size-3.5" aria-hidden="true" />
            </Show>
            {props.checking ? t('proxies.checking') : t('proxies.checkNow')}
          </Button>
        </div>
      </Show>
    </>
  );
}
