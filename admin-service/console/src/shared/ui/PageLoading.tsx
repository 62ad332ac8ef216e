/** While a page's code or data is on its way: nothing for a moment, then a quiet sign. */

import { Center, Loader } from "@mantine/core";
import { useEffect, useState } from "react";

const QUIET_MS = 250;

export function PageLoading() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setShown(true); }, QUIET_MS);
    return () => { clearTimeout(timer); };
  }, []);
  return (
    <Center mih="50vh" role="status" aria-busy="true">
      {shown ? <Loader type="dots" /> : null}
    </Center>
  );
}
