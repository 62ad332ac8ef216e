/** The measure of an ordinary page. */

import { Box } from "@mantine/core";
import type { ReactNode } from "react";

export function PageBody({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <Box px={{ base: "md", md: 32 }} py={{ base: "md", md: 28 }} maw={wide ? undefined : 1240} w="100%" mx="auto">
      {children}
    </Box>
  );
}
