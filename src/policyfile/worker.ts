import { serve } from '../thread/serve';
import { PolicyService } from './policyService';

/** The thread that looks through policies. */
serve(() => new PolicyService());
