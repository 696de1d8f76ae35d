package io.diskvault.engine.key;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class Argon2Test {

    @Test
    void saysWhatToDo_whenItsMemoryIsMoreThanTheProgramMayUse() {
        Argon2Cost gibibyte = new Argon2Cost(1 << 20, 1, 1);

        assertDoesNotThrow(() -> Argon2.requireMemory(gibibyte, 2L << 30));
        IOException refused =
                assertThrows(IOException.class, () -> Argon2.requireMemory(gibibyte, (2L << 30) - (2 << 20)));
        assertTrue(refused.toString().contains("1024 MiB"), refused.toString());
        assertTrue(refused.toString().contains("only 1023"), refused.toString());
        assertTrue(refused.toString().contains("-Xmx2304m"), refused.toString());
    }
}
