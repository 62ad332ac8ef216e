/** The studio: the beginning, or a generation with all that came of it. */

import { useParams } from "react-router";

import { Composer } from "./compose/Composer";
import { GenerationView } from "./run/GenerationView";

export function Component() {
  const { generationId } = useParams();
  return generationId ? <GenerationView key={generationId} id={generationId} /> : <Composer />;
}
