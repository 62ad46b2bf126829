/// What is told to the public: how many people, without telling who; shares, with how sure they are.
@NullMarked
package mizan.core.transparency;

import org.jspecify.annotations.NullMarked;
